// Reads the provider's schema off the TypeScript that HashiCorp's CDK for Terraform is published with on npm, for the
// resources and data that the modules use, and writes schema.json:
//
//   npm install --no-save --ignore-scripts --legacy-peer-deps @cdktf/provider-google@16.12.1 @cdktf/provider-google-beta@16.12.1 @cdktf/provider-kubernetes@12.1.1
//   node extract.mjs
//
// What the declarations say: names, types, what is required, what is computed, which parts are blocks, and how often they may be
// there. What they do not: which arguments exclude each other, and values that only the service knows.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

// name → { value: …(this._fooBar or struct.fooBar), isBlock, type, storageClassType }
const ENTRY = /(\w+): \{\s*value: ([^\n]*?),\s*isBlock: (true|false),\s*type: "(\w+)",\s*storageClassType: "(\w+)",?\s*\}/g;
const SIMPLE = { string: "string", number: "number", boolean: "bool" };

function used() {
  const found = new Map();
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules") {
        visit(path);
      } else if (entry.name.endsWith(".tf")) {
        const text = readFileSync(path, "utf8");
        for (const [, kind, type, rest] of text.matchAll(/^(resource|data) "(\w+)" "\w+" \{([\s\S]*?)^\}/gm)) {
          found.set(`${kind} ${type}`, { kind, type, beta: /^ *provider *= google-beta/m.test(rest) });
        }
      }
    }
  };
  visit(join(here, ".."));
  return [...found.values()].sort((a, b) => (a.kind + a.type < b.kind + b.type ? -1 : 1));
}

const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

function attributeType(type, storage) {
  if (type === "simple") {
    return SIMPLE[storage];
  }
  if (storage === "anyMap") {
    return "dynamic";
  }
  const element = SIMPLE[storage.replace(/(List|Map)$/, "")];
  return element === undefined ? undefined : [type, element];
}

/** The properties of an interface: name → { optional, type }. */
function properties(declarations, name) {
  const found = declarations.match(new RegExp(`export interface ${name}(?: extends [^{]*)? \\{([\\s\\S]*?)\\n\\}`));
  if (!found) {
    throw new Error(`no interface ${name}`);
  }
  const all = new Map();
  const text = found[1].replace(/\/\*\*[\s\S]*?\*\//g, "");
  for (const [, property, optional, type] of text.matchAll(/readonly (\w+)(\?)?: ((?:\{[^}]*\}|[^;])*);/g)) {
    all.set(property, { optional: optional === "?", type: type.trim() });
  }
  return all;
}

/** A function's or method's map of entries. */
function entries(code, start) {
  const at = code.indexOf(start);
  if (at < 0) {
    throw new Error(`no ${start}`);
  }
  const ends = ["Object.fromEntries", "return attrs;"].map((end) => code.indexOf(end, at)).filter((end) => end >= 0); // the latter where there are none
  const stop = Math.min(code.length, ...ends);
  return [...code.slice(at, stop).matchAll(ENTRY)].map(([, name, value, block, type, storage]) => ({
    name,
    value,
    block: block === "true",
    type,
    storage,
    property: camel(name),
  }));
}

function block(code, declarations, list, interfaceName) {
  const declared = properties(declarations, interfaceName);
  const result = { attributes: {}, blocks: {} };
  for (const entry of list) {
    const property = [...declared.keys()].find((key) => key.toLowerCase() === entry.property.toLowerCase());
    if (property === undefined) {
      throw new Error(`${interfaceName} has no ${entry.property}`);
    }
    const { optional, type } = declared.get(property);
    if (!entry.block) {
      const simple = attributeType(entry.type, entry.storage);
      if (simple === undefined) {
        throw new Error(`${interfaceName}.${entry.name}: ${entry.type} ${entry.storage}`);
      }
      result.attributes[entry.name] = { type: simple, ...(optional ? { optional: true } : { required: true }) };
      continue;
    }
    const nested = type.replace(/ *\| *cdktf\.IResolvable/g, "").replace(/\[\]$/, "");
    const mapper = entry.value.match(/(\w+ToHclTerraform)/g).find((name) => code.includes(`function ${name}(struct)`));
    const several = /\[\]/.test(type);
    result.blocks[entry.name] = {
      nesting: entry.type === "struct" ? "single" : entry.type,
      ...(optional ? {} : { min: 1 }),
      ...(several || entry.type === "struct" ? {} : { max: 1 }),
      ...block(code, declarations, entries(code, `function ${mapper}(struct)`), nested),
    };
  }
  return result;
}

/** All files of a resource; those of large ones are many. */
function texts(folder, ending) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}

function schema({ kind, type, beta }) {
  const [, maker, short] = type.match(/^([a-z]+)_(\w+)$/);
  const library = join(here, "node_modules/@cdktf", `provider-${maker}${beta ? "-beta" : ""}`, "lib");
  const names = [short.replace(/_/g, "-")].map((name) => (kind === "data" ? `data-google-${name}` : name));
  const folder = names.map((name) => join(library, beta ? name.replace(/^/, "google-") : name)).find(existsSync)
    ?? names.map((name) => join(library, name)).find(existsSync);
  if (folder === undefined) {
    throw new Error(`npm's package does not have ${type}`);
  }
  const code = texts(folder, ".js");
  const declarations = texts(folder, ".d.ts");
  const config = declarations.match(/export interface (\w+Config) extends cdktf\.TerraformMetaArguments/)[1];
  const result = block(code, declarations, entries(code, "synthesizeHclAttributes()"), config);
  // what the resource computes: getters without a setter
  const main = declarations.slice(declarations.indexOf(`export declare class ${config.replace(/Config$/, "")} extends`));
  const getters = [...main.matchAll(/^ {4}get (\w+)\(\): ([^;]*);/gm)];
  const setters = new Set([...main.matchAll(/^ {4}set (\w+)\(/gm)].map(([, name]) => name));
  const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  for (const [, name, value] of getters) {
    const computed = { string: "string", number: "number", "string[]": ["list", "string"], "cdktf.IResolvable": "bool", "cdktf.StringMap": ["map", "string"] }[value];
    if (!setters.has(name) && computed !== undefined && !name.endsWith("Input") && !(snake(name) in result.attributes) && !(snake(name) in result.blocks)) {
      result.attributes[snake(name)] = { type: computed, computed: true };
    }
  }
  if (type === "kubernetes_manifest") { // what the cluster made of it; it has no id
    result.attributes.object.computed = true;
  } else {
    result.attributes.id = { type: "string", optional: true, computed: true };
  }
  return result;
}

const provider = readFileSync(join(here, "node_modules/@cdktf/provider-google/lib/storage-bucket/index.d.ts"), "utf8").match(/hashicorp\/google\/([0-9.]+)\/docs/)[1];
const all = { source: "npm: @cdktf/provider-google and @cdktf/provider-google-beta 16.12.1, @cdktf/provider-kubernetes 12.1.1", provider, resource: {}, data: {} };
for (const item of used()) {
  all[item.kind][item.type] = { provider: `${item.type.split("_", 1)[0]}${item.beta ? "-beta" : ""}`, ...schema(item) };
}
writeFileSync(join(here, "schema.json"), JSON.stringify(all, null, 1) + "\n");
console.log(`${Object.keys(all.resource).length} resources and ${Object.keys(all.data).length} data of google ${provider}`);
