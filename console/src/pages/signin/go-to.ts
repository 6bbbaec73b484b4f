import { useLocation, useSearch } from "wouter";

/** To another page of signing in; where the reader wanted to go stays known. */
export function useGoTo(): (path: string) => void {
  const [, navigate] = useLocation();
  const search = useSearch();
  return (path) => navigate(search === "" ? path : `${path}?${search}`);
}
