// What the guides say, for the check: node guide.mjs FOLDER OUTPUTS GUIDE…
//
// OUTPUTS are those of the full example. In the guides' blocks, the commands that build and launch, and train, must be those that the
// outputs have, word by word; the page of the parts may leave options out. Writes into FOLDER what remains to be tried: the commands, one a
// line, and each block of variables as a file for terraform's -var-file.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder, outputsFile, ...guides] = process.argv.slice(2);
const outputs = JSON.parse(readFileSync(outputsFile, "utf8"));
const words = (line) => line.trim().replace(/\s+/g, " ");

const { build, launch, trainer, messages } = Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
const flex = [...Object.values(build), ...Object.values(launch)];
const others = [...trainer.build, ...trainer.kubernetes, trainer.light, messages.versions];

const blocks = (file) => [...readFileSync(file, "utf8").matchAll(/^```\n([\s\S]*?)^```/gm)].map(([, text]) => text);
const commands = (text) => text.replace(/\\\n/g, " ").split("\n").map(words).filter((line) => line !== "");

const wrong = [];
const tried = [];
let variables = 0;
for (const [index, guide] of guides.entries()) {
  const said = [];
  for (const block of blocks(guide)) {
    if (/^\w+ *= /.test(block)) {
      writeFileSync(join(folder, `${++variables}.tfvars`), block);
    } else {
      said.push(...commands(block));
    }
  }
  const flexed = said.filter((line) => /^runners\/dataflow\/flex (build|launch) /.test(line));
  tried.push(...flexed);
  if (index === 0) {
    wrong.push(...flexed.filter((line) => !flex.includes(line)).map((line) => `${guide} has a command that the outputs do not have: ${line}`));
    wrong.push(...others.filter((line) => !said.includes(line)).map((line) => `${guide} lacks a command of the outputs: ${line}`));
  }
}
if (variables === 0 || tried.length === 0) {
  wrong.push(`nothing to try in ${guides.join(", ")}`);
}
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
writeFileSync(join(folder, "commands"), tried.map((line) => line + "\n").join(""));
