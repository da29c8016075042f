// Schema and files -> {file: accepted}, by Sourcemeta's CLI.
const { spawn } = require("@sourcemeta/jsonschema");

const ACCEPTED = 0;
const REJECTED = [2, 6]; // by the schema; because the text is not JSON

async function accepts(schema, file) {
  const options = ["--format-assertion", "--json", schema, file];
  const { code, stdout } = await spawn(["validate", ...options]);
  if (code === ACCEPTED) return true;
  if (REJECTED.includes(code)) return false;
  throw new Error(stdout);
}

async function main([schema, ...files]) {
  const verdicts = {};
  for (const file of files) verdicts[file] = await accepts(schema, file);
  console.log(JSON.stringify(verdicts));
}

main(process.argv.slice(2));
