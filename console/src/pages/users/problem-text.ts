import type { NewUserProblem } from "../../api/user-list.ts";
import { useUserListWords } from "../../words/users.ts";

/** The sentences of a value that breaks its member's constraint (contract 9). */
const BROKEN = /^The specified value for |failed to satisfy constraint/;

/** What is wrong with a user who is to be made: in the reader's words where the server only names a constraint. */
export function useProblemText(): (problem: NewUserProblem) => string {
  const words = useUserListWords();
  const wrong = {
    UserName: words.nameWrong,
    Path: words.pathWrong,
    Groups: words.groupWrong,
    ContactAddress: words.contactWrong,
    Tags: words.tagsWrong,
  };
  return ({ Member, Message }) => (Member !== undefined && BROKEN.test(Message) ? wrong[Member] : Message);
}
