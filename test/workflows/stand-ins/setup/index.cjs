const { called } = require('./lib.cjs');

called(process.env.GITHUB_ACTION_REPOSITORY);
