import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export interface Metrics {
  answered(status: number, seconds: number): void;
  stranger(code: string): void;
  clockBehind(behind: boolean): void;
  /** The Prometheus text form. */
  render(): Promise<string>;
}

export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "countersign_requests_total",
    help: "AWS requests answered, by HTTP status",
    labelNames: ["status"],
    registers: [registry],
  });
  const duration = new Histogram({
    name: "countersign_request_seconds",
    help: "Time from the whole request to its answer",
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
    registers: [registry],
  });
  const strangers = new Counter({
    name: "countersign_unproven_requests_total",
    help: "Requests that never proved a caller, by the code they were answered with",
    labelNames: ["code"],
    registers: [registry],
  });
  const clock = new Gauge({
    name: "countersign_clock_behind",
    help: "1 while the machine's clock is behind the highest moment seen",
    registers: [registry],
  });
  return {
    answered(status, seconds) {
      requests.inc({ status });
      duration.observe(seconds);
    },
    stranger: (code) => strangers.inc({ code }),
    clockBehind: (behind) => clock.set(behind ? 1 : 0),
    render: () => registry.metrics(),
  };
}
