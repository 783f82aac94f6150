import { randomUUID } from 'node:crypto';
import type { Line } from './source.js';
import type { Scope } from './scope.js';

/** A tag that awaits its value. */
export interface Tag extends Line {
  readonly name: string;
  readonly scope: Scope;
}

/** What a text is made of, once its placeholders are found. */
export type Part = string | Tag;

/** Characters: a template that unfolds to more is a mistake, most likely nested lists or a partial in itself. */
const MAX_LENGTH = 4 * 1024 * 1024;

/**
 * A template whose sections and partials are resolved and whose value tags are placeholders. No value is in its text:
 * what the YAML parser reads is decided by the template alone. Every place in the text knows the line it comes from.
 */
export class Skeleton {
  // A word that starts with a letter is a plain scalar of YAML, and is safe within quotes, keys and block scalars. That
  // it cannot be guessed keeps a template from spelling a placeholder itself, even in escapes such as "\x61".
  private readonly nonce = `tag${randomUUID().replaceAll('-', '').slice(0, 16)}x`;
  private readonly placeholder = new RegExp(`${this.nonce}(\\d+)z`, 'g');
  private readonly tags: Tag[] = [];
  private readonly segments: ({ readonly offset: number } & Line)[] = [];
  private content = '';

  get text(): string {
    return this.content;
  }

  /** False when there is no room left. */
  addText(text: string, line: Line): boolean {
    this.segments.push({ offset: this.content.length, file: line.file, line: line.line });
    this.content += text;
    return this.content.length <= MAX_LENGTH;
  }

  /** False when there is no room left. */
  addTag(tag: Tag): boolean {
    this.tags.push(tag);
    return this.addText(`${this.nonce}${this.tags.length - 1}z`, tag);
  }

  /** The line of the template or partial that wrote this place of the text. */
  lineAt(offset: number): Line {
    let low = 0;
    for (let high = this.segments.length - 1; low < high;) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.segments[middle]?.offset ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const segment = this.segments[low] ?? { offset: 0, file: '', line: 1 };
    const newlines = this.content.slice(segment.offset, offset).split('\n').length - 1;
    return { file: segment.file, line: segment.line + newlines };
  }

  /** Splits a scalar into plain text and tags; empty texts are left out. */
  parts(text: string): Part[] {
    const parts = text.split(this.placeholder).map((part, index) => {
      if (index % 2 === 0) return part;
      return this.tags[Number(part)] ?? part;
    });
    return parts.filter((part) => part !== '');
  }

  /** The text as the template's author knows it, for messages. */
  readable(text: string): string {
    return this.parts(text)
      .map((part) => (typeof part === 'string' ? part : `{{${part.name}}}`))
      .join('');
  }
}
