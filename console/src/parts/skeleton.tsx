import { useWords } from "../words/words.tsx";

/** Holds the place of what is loading. */
export function Skeleton({ lines = 4 }: { readonly lines?: number }) {
  const { common } = useWords();
  return (
    <div className="skeleton" role="status" aria-label={common.loading}>
      {Array.from({ length: lines }, (_, line) => (
        // a line has nothing but its place
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change places
        <span key={line} />
      ))}
    </div>
  );
}
