// The schema of managed policy, made from the schema of the settings.
// Chromium reads an older, smaller JSON Schema: "type" everywhere, no const,
// pattern, propertyNames or default, and drops any key that is not declared.

const KEPT = ["type", "description", "enum", "minimum", "maximum"];

function reduce(schema) {
  const out = {};
  for (const key of KEPT) if (key in schema) out[key] = schema[key];
  if (schema.properties) out.properties = map(schema.properties);
  if (schema.items) out.items = reduce(schema.items);
  if (typeof schema.additionalProperties === "object") {
    out.additionalProperties = reduce(schema.additionalProperties);
  }
  return out;
}

const map = (properties) =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, reduce(value)]));

/** {enforced, defaults}, each with the members of the settings. */
export function managedSchema(settings) {
  const properties = map(settings.properties);
  return {
    type: "object",
    properties: {
      enforced: { type: "object", description: "Set by the organisation; the person cannot change it.", properties },
      defaults: { type: "object", description: "Used where the person chose nothing.", properties },
    },
  };
}
