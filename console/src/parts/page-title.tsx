import { type ReactNode, useEffect, useRef } from "react";
import { useWords } from "../words/words.tsx";

let moved = false;

/** Names the browser's tab, and takes the focus when the reader came here from another page. */
export function PageTitle({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { product } = useWords();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
  useEffect(() => {
    if (moved) {
      // its beginning, which the bar above would hide from what is merely focused
      scrollTo(0, 0);
      if (!isBusy(place.current)) place.current?.focus({ preventScroll: true });
    }
    moved = true;
  }, []);
  return (
    <div ref={place} tabIndex={-1} className="page-title">
      {children}
    </div>
  );
}

/** The reader has begun already: in a field that asked for the focus, or in a menu, which closes without it. */
function isBusy(page: Element | null): boolean {
  const focused = document.activeElement;
  if (focused === null || page?.contains(focused) === true) return true;
  return focused instanceof HTMLInputElement || focused.matches("[role^=menu], [aria-expanded=true]");
}
