/** A value, and the sentence that says where it comes from. */
export interface Decision<T> {
  readonly value: T;
  readonly source: string;
}
