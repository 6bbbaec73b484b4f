import type { StaticStructureSchema } from "@smithy/types";
import { BOOLEAN, list, NUMBER, STRING, structure } from "../schemas.ts";
import type {
  Contact,
  ContactOperations,
  Notice,
  NoticeDetail,
  Notices,
  WhoseContact,
} from "./contact-types.ts";

type Input<Name extends keyof ContactOperations> = ContactOperations[Name]["input"];
type Output<Name extends keyof ContactOperations> = ContactOperations[Name]["output"];

const nothing = structure<Output<"DismissNotice">>("Nothing", {}, {});
const whose = structure<WhoseContact>("WhoseContact", {}, { UserName: STRING });
const unconfirmed = structure<Output<"PutContactAddress">>("Unconfirmed", { Confirmed: BOOLEAN }, {});
const contact = structure<Contact>("Contact", {}, { Address: STRING, Confirmed: BOOLEAN, ChangedAt: NUMBER });
const detail = structure<NoticeDetail>("NoticeDetail", { Key: STRING, Value: STRING }, {});
const notice = structure<Notice>(
  "Notice",
  { NoticeId: STRING, Time: NUMBER, Kind: STRING, Details: list("Details", detail) },
  { UserName: STRING },
);
const notices = list("NoticeList", notice);

export const CONTACT_SHAPES = {
  PutContactAddress: [
    structure<Input<"PutContactAddress">>(
      "PutContactAddressInput",
      { Address: STRING },
      { UserName: STRING },
    ),
    unconfirmed,
  ],
  GetContactAddress: [whose, contact],
  DeleteContactAddress: [whose, nothing],
  ConfirmContactAddress: [
    structure<Input<"ConfirmContactAddress">>("ConfirmContactAddressInput", { Token: STRING }, {}),
    nothing,
  ],
  PutSecurityContact: [
    structure<Input<"PutSecurityContact">>("PutSecurityContactInput", { Address: STRING }, {}),
    unconfirmed,
  ],
  GetSecurityContact: [nothing, contact],
  DeleteSecurityContact: [nothing, nothing],
  ListNotices: [nothing, structure<Notices>("ListNoticesOutput", { Own: notices }, { Account: notices })],
  DismissNotice: [structure<Input<"DismissNotice">>("DismissNoticeInput", { NoticeId: STRING }, {}), nothing],
} as const satisfies Record<keyof ContactOperations, readonly [StaticStructureSchema, StaticStructureSchema]>;
