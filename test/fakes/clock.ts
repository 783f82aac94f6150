import type { Clock } from '../../src/ports.js';

/** A clock that stands still until it is put forward. */
export class FakeClock implements Clock {
  private time: number;

  constructor(start = '2026-11-01T12:00:00Z') {
    this.time = Date.parse(start);
  }

  now(): Date {
    return new Date(this.time);
  }

  forward(seconds: number): void {
    this.time += seconds * 1000;
  }
}
