#!/usr/bin/env node
Number.parseInt(process.versions.node)<22?(console.error("deploy-action needs Node.js 22 or newer, this is "+process.versions.node),process.exitCode=1):await import("./index.js");
