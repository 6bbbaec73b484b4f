import type {
  NewUser,
  NewUserProblem,
  UserPage,
  UserQuestion,
  UserSummary,
} from "../../../src/model/countersign/user-types.ts";
import { server } from "./server.ts";

export type { NewUser, NewUserProblem, UserPage, UserQuestion, UserSummary };

/** As many as the server takes and gives in one call. */
export const MOST_USERS = 1000;

export const listUsers = (question: UserQuestion): Promise<UserPage> =>
  server.countersign.ListUserSummaries(question);

/** All pages of the question. `onCount` is told how many have come, and answers whether to go on. */
export async function listAllUsers(
  question: UserQuestion,
  onCount: (count: number) => boolean,
): Promise<readonly UserSummary[]> {
  const users: UserSummary[] = [];
  let Marker: string | undefined;
  do {
    const page = await listUsers({ ...question, MaxItems: MOST_USERS, Marker });
    users.push(...page.Users);
    Marker = page.IsTruncated ? page.Marker : undefined;
  } while (onCount(users.length) && Marker !== undefined);
  return users;
}

/** What would be wrong with them. */
export async function checkUsers(Users: readonly NewUser[]): Promise<readonly NewUserProblem[]> {
  return (await server.countersign.CreateUsers({ Users, DryRun: true })).Problems;
}

/** Makes all of them; none where anything is wrong, and that is what it answers. */
export async function createUsers(Users: readonly NewUser[]): Promise<readonly NewUserProblem[]> {
  return (await server.countersign.CreateUsers({ Users })).Problems;
}
