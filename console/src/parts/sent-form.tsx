import { type FormEvent, type ReactNode, type Ref, useEffect, useState } from "react";

/**
 * Fields that are sent together, by Enter in one of them too. Where something is refused, here or by the server, the first field that
 * is marked as wrong gets the focus.
 */
export function SentForm({
  id,
  onSend,
  ref,
  children,
}: {
  /** For a button that stands elsewhere. */
  readonly id?: string;
  /** A promise that it gives is waited for. */
  readonly onSend: () => unknown;
  readonly ref?: Ref<HTMLFormElement>;
  readonly children: ReactNode;
}) {
  const [sent, setSent] = useState<{ readonly form: HTMLFormElement }>();
  // by then the wrong fields are marked
  useEffect(() => toFirstWrong(sent?.form), [sent]);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // a dialog stands within the page's form as far as React knows
    event.stopPropagation();
    const form = event.currentTarget;
    await onSend();
    setSent({ form });
  };
  return (
    <form ref={ref ?? null} id={id} onSubmit={(event) => void submit(event)} noValidate>
      {children}
      {/* Enter sends a form of several fields only if it has a button within */}
      <button type="submit" className="unseen" tabIndex={-1} aria-hidden="true" />
    </form>
  );
}

/** `data-wrong` marks what is no field by itself. */
function toFirstWrong(form: HTMLFormElement | undefined): void {
  const field = form?.querySelector<HTMLElement>("[aria-invalid=true], [data-wrong=true]");
  // the bar above would hide what is merely focused
  field?.scrollIntoView({ block: "center" });
  field?.focus({ preventScroll: true });
}
