import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Multiselect from "@cloudscape-design/components/multiselect";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TagEditor, { type TagEditorProps } from "@cloudscape-design/components/tag-editor";
import type { NewUser, NewUserProblem } from "../../api/user-list.ts";
import { listGroupNames } from "../../api/users.ts";
import { useLoad } from "../../parts/act.ts";
import { AddressField, looksLikeAddress } from "../../parts/address-field.tsx";
import { NameField } from "../../parts/name-field.tsx";
import { useUserListWords } from "../../words/users.ts";
import { useWords } from "../../words/words.tsx";
import { useProblemText } from "./problem-text.ts";

/** What a form holds of a user who is to be. */
export interface Draft {
  readonly name: string;
  readonly path: string;
  /** Where he is told what happens to his password and devices; empty where that is left to him. */
  readonly contact: string;
  readonly groups: readonly string[];
  readonly tags: readonly TagEditorProps.Tag[];
  readonly tagsFit: boolean;
}

export const NO_DRAFT: Draft = { name: "", path: "/", contact: "", groups: [], tags: [], tagsFit: true };

const NAME = /^[\w+=,.@-]{1,64}$/;
const PATH = /^\/(?:[\x21-\x7e]{0,510}\/)?$/;

const fitsContact = (contact: string): boolean => contact.trim() === "" || looksLikeAddress(contact);

export const isFit = ({ name, path, contact, tagsFit }: Draft): boolean =>
  NAME.test(name) && PATH.test(path) && fitsContact(contact) && tagsFit;

export const userOf = ({ name, path, contact, groups, tags }: Draft): NewUser => ({
  UserName: name,
  Path: path,
  ...(contact.trim() === "" ? {} : { ContactAddress: contact.trim() }),
  Groups: groups,
  Tags: tags.map(({ key, value }) => ({ Key: key, Value: value })),
});

export function NewUserFields({
  draft,
  onDraft,
  checked,
  problems,
}: {
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  /** What is missing is said. */
  readonly checked: boolean;
  /** What the server found wrong with it. */
  readonly problems: readonly NewUserProblem[];
}) {
  const words = useUserListWords();
  const { common } = useWords();
  const textOf = useProblemText();
  const groups = useLoad(listGroupNames);
  const said = (member: NewUserProblem["Member"]): string | undefined =>
    problems
      .filter(({ Member }) => Member === member)
      .map(textOf)
      .join(" ") || undefined;
  const wrong = (fits: boolean, hint: string) => (checked && !fits ? hint : undefined);
  return (
    <Container header={<Header variant="h2">{words.details}</Header>}>
      <SpaceBetween size="l">
        <NameField
          label={words.name}
          hint={words.nameHint}
          text={draft.name}
          wrong={wrong(NAME.test(draft.name), words.nameWrong) ?? said("UserName")}
          autoFocus
          onText={(name) => onDraft({ ...draft, name })}
        />
        <NameField
          label={words.path}
          hint={words.pathHint}
          text={draft.path}
          wrong={wrong(PATH.test(draft.path), words.pathWrong) ?? said("Path")}
          onText={(path) => onDraft({ ...draft, path })}
        />
        <AddressField
          label={
            <>
              {words.contact} <i>- {common.optional}</i>
            </>
          }
          hint={words.contactHint}
          text={draft.contact}
          wrong={wrong(fitsContact(draft.contact), words.contactWrong) ?? said("ContactAddress")}
          onText={(contact) => onDraft({ ...draft, contact })}
        />
        <FormField
          label={
            <>
              {words.groups} <i>- {common.optional}</i>
            </>
          }
          constraintText={words.groupsHint}
          errorText={said("Groups")}
        >
          <Multiselect
            placeholder={words.chooseGroups}
            selectedOptions={draft.groups.map((value) => ({ value, label: value }))}
            options={(groups.value ?? []).map((value) => ({ value, label: value }))}
            filteringType="auto"
            filteringAriaLabel={words.findGroups}
            statusType={
              groups.failure !== undefined ? "error" : groups.value === undefined ? "loading" : "finished"
            }
            loadingText={words.loadingGroups}
            errorText={words.groupsDenied}
            empty={words.noGroups}
            onChange={({ detail }) =>
              onDraft({ ...draft, groups: detail.selectedOptions.map(({ value = "" }) => value) })
            }
          />
        </FormField>
        <FormField
          label={
            <>
              {words.tags} <i>- {common.optional}</i>
            </>
          }
          description={words.tagsAbout}
          errorText={said("Tags")}
        >
          <TagEditor
            tags={draft.tags}
            onChange={({ detail: { tags, valid } }) => onDraft({ ...draft, tags, tagsFit: valid })}
          />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}
