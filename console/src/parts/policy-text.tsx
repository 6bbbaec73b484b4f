/** A policy document to read: as it was written, or one line of it laid out. */
export function PolicyText({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    // a long document is scrolled with the keyboard
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls takes the focus
    <section className="policy-text" tabIndex={0} aria-label={label}>
      <pre>{laidOut(text)}</pre>
    </section>
  );
}

export function laidOut(text: string): string {
  if (text.trim().includes("\n")) return text;
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
