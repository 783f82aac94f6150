import * as core from '@actions/core';
import type { Place, Runner } from '../ports.js';

const secrets = new Set<string>();

/** The runner that the action runs on. */
export const runner: Runner = {
  info: core.info,
  debug: core.debug,
  notice: (message, place) => {
    core.notice(message, annotation(place));
  },
  warning: (message, place) => {
    core.warning(message, annotation(place));
  },
  error: (message, place) => {
    core.error(message, annotation(place));
  },
  group: core.group,
  mask: (value) => {
    if (value === '' || secrets.has(value)) return;
    secrets.add(value);
    core.setSecret(value);
  },
  secrets: () => [...secrets],
  output: core.setOutput,
  async summary(markdown) {
    await core.summary.addRaw(markdown, true).write();
  },
  oidcToken: core.getIDToken,
  saveState: core.saveState,
};

function annotation(place: Place | undefined): core.AnnotationProperties {
  return {
    ...(place?.title === undefined ? {} : { title: place.title }),
    ...(place?.file === undefined ? {} : { file: place.file }),
    ...(place?.line === undefined ? {} : { startLine: place.line }),
  };
}
