import { ACCESS } from './access.js';
import { ADDRESS } from './address.js';
import type { Golden } from './case.js';
import { DATA } from './data.js';
import { KINDS } from './kinds.js';
import { NETWORK } from './network.js';
import { NOISE } from './noise.js';
import { STACK } from './stack.js';

/** Expected actions and risks, written by hand from AWS's documentation. */
export const GOLDEN: readonly Golden[] = [...DATA, ...ADDRESS, ...ACCESS, ...NETWORK, ...NOISE, ...KINDS, ...STACK];
