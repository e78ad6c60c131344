// Lists practices and reads them with a public client of Wagtail's API v2, as it comes.
import { createRequire } from "node:module";

const [packages, baseURL] = process.argv.slice(2);
const { CMSClient } = createRequire(`${packages}/`)("wagtail-js");
const client = new CMSClient({ baseURL, apiPath: "/api/v2" });

const type = "practices.PracticePage";
const listed = await client.fetchPages({ type, locale: "es", limit: 5, order: "title", fields: ["code", "country"] });
const [first] = listed.items;
const byId = await client.fetchPage(first.id);
const bySlug = await client.fetchPage(first.meta.slug, { type, locale: "es" });
const missing = await client.fetchPage(99999999);

console.log(JSON.stringify({ listed, byId, bySlug, missing }));
