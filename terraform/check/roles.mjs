// Who starts jobs may do what the guide says, and no more: node roles.mjs GUIDE MEMBER MINIMAL FULL
//
// The last two are the states of the examples, as terraform show -json prints them. The guide's table of roles has them all; those that
// come with a part of the full example ("with `kubernetes`") must be missing in the minimal one.
import { readFileSync } from "node:fs";

const [guide, member, minimalFile, fullFile] = process.argv.slice(2);

const resources = (module) => [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(resources)];

function granted(file) {
  const found = new Set();
  for (const { type, values } of resources(JSON.parse(readFileSync(file, "utf8")).values.root_module)) {
    if (type.endsWith("_iam_member") && values.member === member) {
      const account = values.service_account_id?.replace(/^.*\/|@.*$/g, "");
      const on = values.bucket ?? values.repository ?? values.subscription ?? values.topic ?? account ?? values.name ?? "project";
      found.add(`${values.role} on ${on}`);
    }
  }
  return found;
}

function told(isMinimal) {
  const found = new Set();
  for (const [, roles, on, part] of readFileSync(guide, "utf8").matchAll(/^\| (`roles\/[^|]*) \| ([^|;]*?)(; with [^|]*)? \|/gm)) {
    for (const role of roles.match(/roles\/[\w.]+/g)) {
      for (const name of isMinimal && part ? [] : on.split(", ")) {
        found.add(`${role} on ${name.replace(/`/g, "")}`);
      }
    }
  }
  return found;
}

let wrong = 0;
for (const [name, file] of [["minimal", minimalFile], ["full", fullFile]]) {
  const have = granted(file);
  const should = told(name === "minimal");
  for (const grant of new Set([...have, ...should])) {
    if (!have.has(grant) || !should.has(grant)) {
      console.error(have.has(grant) ? `the guide does not know of ${grant}, which the ${name} example gives ${member}` : `the ${name} example does not give ${member} ${grant}`);
      wrong++;
    }
  }
  wrong += should.size === 0;
}
process.exit(wrong > 0 ? 1 : 0);
