import type { SignIn } from "../../../../src/model/signin/types.ts";
import { server } from "../../api/server.ts";

/** Gives the sign-in up, however far it has come. */
export async function startAgain(): Promise<SignIn> {
  await server.signin.SignOut({});
  return server.signin.GetSignIn({});
}
