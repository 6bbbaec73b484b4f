import { useEffect, useState } from "react";

/** A state that is gone when the page is left, also where a browser keeps the page to come back to. */
export function useSecret<T>(): [T | undefined, (secret: T | undefined) => void] {
  const [secret, setSecret] = useState<T>();
  useEffect(() => {
    const forget = () => setSecret(undefined);
    addEventListener("pagehide", forget);
    return () => removeEventListener("pagehide", forget);
  }, []);
  return [secret, setSecret];
}
