// A real OIDC provider on loopback for the tests: device code for people's extensions
// and desktops, authorisation code with PKCE for officers. Whoever signs in as
// "officer:sam" is sam, an officer. Access tokens are JWTs for ten minutes.

import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const server = createServer().listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;
const jwk = (kid) => ({ ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" });
const people = { application_type: "native", token_endpoint_auth_method: "none" };

const provider = new Provider(issuer, {
  jwks: { keys: [jwk("first")] },
  cookies: { keys: ["for tests only"] },
  clients: [
    { ...people, client_id: "hanaper-extension", grant_types: ["urn:ietf:params:oauth:grant-type:device_code"], response_types: [], redirect_uris: [] },
    { ...people, client_id: "hanaper-officer", grant_types: ["authorization_code"], response_types: ["code"], redirect_uris: ["http://127.0.0.1/officer"] },
  ],
  findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  extraTokenClaims: (_ctx, token) => ({ roles: token.accountId?.split(":").slice(0, 1) }),
  ttl: { AccessToken: 600 },
  features: {
    deviceFlow: { enabled: true },
    devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_ctx, resource) => ({ audience: resource, scope: "records", accessTokenFormat: "jwt", accessTokenTTL: 600 }),
      useGrantedResource: () => true,
    },
  },
});
server.on("request", provider.callback());
console.log(`listening on ${issuer}`);
