import { join } from 'node:path';

/** Folder of the checkout. */
export const ROOT = join(import.meta.dirname, '../..');

/** The Node that the bundle is made for. */
export const NODE_24 = join(ROOT, 'node_modules/node/bin/node');

/** Python with the AWS engine, as `scripts/setup.mjs` makes it. */
export const PYTHON = join(ROOT, '.cache/venv/bin/python');
