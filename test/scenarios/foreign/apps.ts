/** Makes apps that this repository does not contain, each in a folder of a test's own. */
export { mavenApp } from './maven.js';
export type { ForeignApp, Place } from './model.js';
export { samplePython } from './python.js';
export { sampleTypeScript } from './typescript.js';
