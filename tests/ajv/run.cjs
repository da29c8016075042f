// The conformance files given, judged by ajv: prints {file: {description: accepted}}.
const fs = require("node:fs");
const addFormats = require("ajv-formats");
const Ajv = require("ajv/dist/2020");

function accepts(validate, test) {
  if (!("text" in test)) return validate(test.data);
  try {
    return validate(JSON.parse(test.text));
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function judged(file) {
  const verdicts = {};
  for (const { schema, tests } of JSON.parse(fs.readFileSync(file, "utf8"))) {
    const ajv = addFormats(new Ajv({ strict: false }));
    const validate = ajv.compile(schema);
    for (const test of tests) verdicts[test.description] = accepts(validate, test);
  }
  return verdicts;
}

const files = process.argv.slice(2);
console.log(JSON.stringify(Object.fromEntries(files.map((file) => [file, judged(file)]))));
