import Link from "@cloudscape-design/components/link";
import type { ReactNode } from "react";
import { useLocation } from "wouter";

/** A link to another page of the console, which is gone to without loading anew; with a key held down it is the browser's. */
export function PageLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  const [, navigate] = useLocation();
  return (
    <Link
      href={to}
      onFollow={(event) => {
        event.preventDefault();
        navigate(to);
      }}
    >
      {children}
    </Link>
  );
}
