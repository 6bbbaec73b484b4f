/** The bare password hash, in a process of its own: checks a password at each message, as the server does, and answers the milliseconds. */
import { createPasswordHasher, PASSWORD_PARAMS } from "#crypto/password.ts";
import { randomBytes } from "#crypto/random.ts";

const PASSWORD = "Correct-horse-7-battery";
const hasher = createPasswordHasher({
  concurrency: 1,
  queue: 1,
  params: PASSWORD_PARAMS,
  random: randomBytes,
});
const encoded = await hasher.hash(PASSWORD);
if (!encoded.ok) throw new Error(encoded.error);

process.on("message", () => {
  void measure(encoded.value).then((ms) => process.send?.(ms));
});

async function measure(known: string): Promise<number> {
  const started = performance.now();
  const right = await hasher.verify(PASSWORD, known);
  if (!right.ok || !right.value) throw new Error("the password is right");
  return performance.now() - started;
}
