// Schema and files -> {file: accepted}, by ajv.
const fs = require("node:fs");
const addFormats = require("ajv-formats");
const Ajv = require("ajv/dist/2020");

const textOf = (file) => fs.readFileSync(file, "utf8");

function accepts(validate, file) {
  try {
    return validate(JSON.parse(textOf(file)));
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

const [schema, ...files] = process.argv.slice(2);
const validate = addFormats(new Ajv({ strict: false })).compile(JSON.parse(textOf(schema)));
const verdicts = files.map((file) => [file, accepts(validate, file)]);
console.log(JSON.stringify(Object.fromEntries(verdicts)));
