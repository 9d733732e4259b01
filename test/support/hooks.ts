// Duty: what the whole mocha process needs before and after every test file. No test logic here.
export const mochaHooks = {};
