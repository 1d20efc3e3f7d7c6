// A stand-in for the google and kubernetes providers, for Terraform on a machine that cannot fetch them: it has their schema (schema.json, see
// extract.mjs), so that Terraform itself checks names, types, required arguments and blocks, and makes up what the real ones would
// compute. It creates nothing. Prints what TF_REATTACH_PROVIDERS must be, and serves until it is ended.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import grpc from "@grpc/grpc-js";
import loader from "@grpc/proto-loader";
import { decode, encode, ExtensionCodec, ExtData } from "@msgpack/msgpack";

const here = dirname(fileURLToPath(import.meta.url));
const schema = JSON.parse(readFileSync(join(here, "schema.json"), "utf8"));
const NESTING = { single: 1, list: 2, set: 3 };

// what Terraform does not know yet travels as an extension
const UNKNOWN = new ExtData(0, new Uint8Array([0]));
const codec = new ExtensionCodec();
for (const type of [0, 12]) {
  codec.register({ type, encode: () => null, decode: () => UNKNOWN });
}
const read = (value) => (value?.msgpack?.length ? decode(value.msgpack, { extensionCodec: codec }) : null);
const write = (value) => ({ msgpack: Buffer.from(encode(value)) });

function block({ attributes, blocks }) {
  return {
    attributes: Object.entries(attributes).map(([name, { type, ...flags }]) => ({ name, type: Buffer.from(JSON.stringify(type)), ...flags })),
    block_types: Object.entries(blocks).map(([name, nested]) => ({
      type_name: name,
      block: block(nested),
      nesting: NESTING[nested.nesting],
      min_items: nested.min ?? 0,
      max_items: nested.max ?? 0,
    })),
  };
}

const of = (provider, kind) =>
  Object.fromEntries(Object.entries(schema[kind]).filter(([, type]) => type.provider === provider).map(([name, type]) => [name, { block: block(type) }]));

const strings = (...names) => Object.fromEntries(names.map((name) => [name, { type: "string", optional: true }]));
const GOOGLE = { attributes: { ...strings("project", "region", "zone", "billing_project"), user_project_override: { type: "bool", optional: true } }, blocks: {} };
const CONFIG = { google: GOOGLE, "google-beta": GOOGLE, kubernetes: { attributes: strings("config_path", "config_context"), blocks: {} } };

/** What a resource would be told by the service. */
function made(type, name, value, kind) {
  const email = `${value.account_id}@${value.project}.iam.gserviceaccount.com`;
  const known = { email, member: `serviceAccount:${email}`, name: `projects/${value.project}/serviceAccounts/${email}` };
  if (type === "google_service_account" && known[name] !== undefined) {
    return known[name];
  }
  if (kind === "dynamic") { // a value of any type travels with its type
    return [Buffer.from('"string"'), type];
  }
  const own = value.name instanceof ExtData ? undefined : value.name;
  return { string: `${type}/${own ?? value.repository_id ?? value.display_name ?? name}`, number: 1, bool: false }[kind] ?? (kind[0] === "map" ? {} : []);
}

const fill = (type, kind, value, unknown) => {
  for (const [name, attribute] of Object.entries(schema[kind][type].attributes)) {
    if (attribute.computed && (value[name] === null || value[name] === undefined || value[name] instanceof ExtData)) {
      value[name] = unknown ? UNKNOWN : made(type, name, value, attribute.type);
    }
  }
  return value;
};

function service(provider) {
  const plain = (answer) => (call, done) => done(null, answer(call.request));
  return {
    GetSchema: plain(() => ({ provider: { block: block(CONFIG[provider]) }, resource_schemas: of(provider, "resource"), data_source_schemas: of(provider, "data") })),
    PrepareProviderConfig: plain((request) => ({ prepared_config: request.config })),
    ValidateResourceTypeConfig: plain(() => ({})),
    ValidateDataSourceConfig: plain(() => ({})),
    Configure: plain(() => ({})),
    UpgradeResourceState: plain((request) => ({ state: { json: request.raw_state.json } })),
    ReadResource: plain((request) => ({ state: request.current_state })),
    PlanResourceChange: plain((request) => {
      const proposed = read(request.proposed_new_state);
      return { planned_state: proposed === null ? request.proposed_new_state : write(fill(request.type_name, "resource", proposed, true)) };
    }),
    ApplyResourceChange: plain((request) => {
      const planned = read(request.planned_state);
      return { new_state: planned === null ? request.planned_state : write(fill(request.type_name, "resource", planned, false)) };
    }),
    ReadDataSource: plain((request) => ({ state: write(fill(request.type_name, "data", read(request.config), false)) })),
    Stop: plain(() => ({})),
  };
}

const definition = loader.loadSync(join(here, "provider.proto"), { keepCase: true, defaults: false });
const { tfplugin5 } = grpc.loadPackageDefinition(definition);
const attach = {};
for (const provider of Object.keys(CONFIG)) {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
  server.addService(tfplugin5.Provider.service, service(provider));
  const port = await new Promise((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))),
  );
  attach[`registry.terraform.io/hashicorp/${provider}`] = {
    Protocol: "grpc",
    ProtocolVersion: 5,
    Pid: process.pid,
    Test: true,
    Addr: { Network: "tcp", String: `127.0.0.1:${port}` },
  };
}
console.log(JSON.stringify(attach));
