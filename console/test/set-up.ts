import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// pages load when they are asked for, and on a busy machine that takes a while; what fails is told without the whole page
configure({
  asyncUtilTimeout: 20_000,
  getElementError: (message) => new Error(message ?? "no such element"),
});
afterEach(cleanup);
