const KEPT = 60_000;

/** Gives up what the last copy was to have taken back. */
let giveUp = () => {};

/**
 * Copies. A secret is taken off the clipboard again after a minute, or as soon after as the browser lets the page: it lets the one
 * that is in front. Whether something was copied elsewhere meanwhile is not looked at, for that asks the reader for a permission.
 */
export async function copy(text: string, secret: boolean): Promise<void> {
  await navigator.clipboard.writeText(text);
  giveUp();
  if (secret) takeBackLater();
}

function takeBackLater(): void {
  const takeBack = () => void navigator.clipboard.writeText("").then(giveUp, () => {});
  const timer = setTimeout(() => {
    addEventListener("focus", takeBack);
    takeBack();
  }, KEPT);
  giveUp = () => {
    clearTimeout(timer);
    removeEventListener("focus", takeBack);
    giveUp = () => {};
  };
}
