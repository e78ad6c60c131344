// Draws practices/static/practices/outlines.json from Natural Earth (public domain, 1:50 million).
// Development only; docs/licences.md says where the outlines come from. In a folder of its own:
//   npm install world-atlas@2.0.2 topojson-client@3 topojson-simplify@3 d3-geo@3
//   node /path/to/tools/outlines.mjs > /path/to/practices/static/practices/outlines.json
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

// The packages lie where the command is run, not beside this file.
const require = createRequire(pathToFileURL(join(process.cwd(), "package.json")));
const { feature, merge } = require("topojson-client");
const { presimplify, quantile, simplify } = require("topojson-simplify");
const { geoAzimuthalEqualArea, geoPath } = await import(pathToFileURL(require.resolve("d3-geo")));

const MEMBERS = {
  "032": "ar", "068": "bo", "076": "br", "152": "cl", "170": "co", "218": "ec",
  "328": "gy", "600": "py", "604": "pe", "740": "sr", "858": "uy", "862": "ve",
};
const AROUND = new Set(["188", "238", "250", "558", "591"]);
const HEIGHT = 1000;
const MARGIN = 12;
const SMALLEST = 7; // square units; islands below it are dots that nobody would see
const KEPT = 0.175; // the share of points that simplification keeps

// Numbers of countries that are too small to hold one stand in the sea beside them, with a line.
const AT_SEA = { cl: [-76.4, -31], ec: [-84.6, -5.2], gy: [-55, 9.9], sr: [-48, 7.2], uy: [-48.2, -37.6] };
// Where the number of the others stands: longitude and latitude, by eye.
const INSIDE = {
  ar: [-65.6, -34.4], bo: [-64.6, -16.9], br: [-51.5, -10.5],
  co: [-73.2, 3.9], py: [-58.5, -23], pe: [-75.4, -9.7], ve: [-66, 7.4],
};
// A point within those, for maps of others; that of the rest is where their number stands.
const WITHIN = { cl: [-70.9, -33], ec: [-78.6, -1.4], gy: [-58.9, 5], sr: [-55.9, 4.1], uy: [-56, -32.8] };

const world = require("world-atlas/countries-50m.json");
const weighted = presimplify(world);

/** The polygons of a geometry whose first point the test accepts, as a multipolygon of arcs. */
function polygons(geometry, accepts) {
  const all = geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs;
  const kept = all.filter((arcs) => {
    const shape = feature(world, { type: "Polygon", arcs });
    return accepts(shape.geometry.coordinates[0][0]);
  });
  return { type: "MultiPolygon", arcs: kept, id: geometry.id };
}
const near = ([longitude, latitude]) =>
  longitude > -93 && longitude < -30 && latitude > -57 && latitude < 14;

const geometries = world.objects.countries.geometries;
const members = geometries.filter(({ id }) => id in MEMBERS).map((shape) => polygons(shape, near));
const around = geometries.filter(({ id }) => AROUND.has(id)).map((shape) => polygons(shape, near));

// The points to keep are chosen among those that are drawn: borders stay shared.
const drawn = new Set([...members, ...around].flatMap(({ arcs }) => arcs.flat(2)).map((arc) => (arc < 0 ? ~arc : arc)));
const only = { ...weighted, arcs: weighted.arcs.map((arc, index) => (drawn.has(index) ? arc : [])) };
const topology = simplify(
  { ...weighted, objects: { drawn: { type: "GeometryCollection", geometries: [...members, ...around] } } },
  quantile(only, KEPT),
);

const whole = feature(topology, { type: "GeometryCollection", geometries: members });
const projection = geoAzimuthalEqualArea().rotate([60, 20]).precision(0.5).fitExtent(
  [[MARGIN, MARGIN], [HEIGHT, HEIGHT - MARGIN]], whole,
);
const [[left], [right]] = geoPath(projection).bounds(whole);
const shift = MARGIN - left;
const [x, y] = projection.translate();
projection.translate([x + shift, y]);
const width = Math.ceil(right - left + 2 * MARGIN);
projection.clipExtent([[0, 0], [width, HEIGHT]]);

/** A path of whole units: each ring by steps, islands too small to be seen left out. */
function path(geometry) {
  const rings = [];
  let ring = [];
  const context = {
    moveTo: (px, py) => { ring = [[px, py]]; rings.push(ring); },
    lineTo: (px, py) => ring.push([px, py]),
    closePath: () => {},
    arc: () => {},
  };
  geoPath(projection, context)(geometry);
  return rings.map(rounded).filter((points) => area(points) >= SMALLEST).map(steps).join("");
}
function rounded(points) {
  const whole = points.map((point) => point.map(Math.round));
  const distinct = whole.filter((point, i) => i === 0 || String(point) !== String(whole[i - 1]));
  if (String(distinct[0]) === String(distinct.at(-1))) distinct.pop();
  return distinct;
}
function area(points) {
  return Math.abs(points.reduce((sum, [ax, ay], i) => {
    const [bx, by] = points[(i + 1) % points.length];
    return sum + ax * by - bx * ay;
  }, 0)) / 2;
}
function steps([first, ...rest]) {
  let [px, py] = first;
  const pairs = rest.map(([qx, qy]) => {
    const step = `${qx - px}${qy - py < 0 ? "" : " "}${qy - py}`;
    [px, py] = [qx, qy];
    return step;
  });
  return `M${first[0]} ${first[1]}l${pairs.join(" ").replaceAll(" -", "-")}z`;
}
const at = (place) => projection(place).map(Math.round);

const countries = {};
for (const shape of members) {
  const code = MEMBERS[shape.id];
  const geometry = feature(topology, shape);
  countries[code] = { path: path(geometry), number: at(AT_SEA[code] ?? INSIDE[code]) };
  countries[code].place = WITHIN[code] ?? INSIDE[code];
  if (code in AT_SEA) countries[code].line_from = geoPath(projection).centroid(largest(geometry)).map(Math.round);
}
function largest({ geometry }) {
  const sizes = geometry.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
  return sizes.sort((a, b) => geoPath(projection).area(b) - geoPath(projection).area(a))[0];
}
countries.cl.line_from = at([-71, -31]); // its middle would be far to the south
const sorted = Object.fromEntries(Object.entries(countries).sort());
const neutral = path(merge(topology, around));
console.log(JSON.stringify({ width, height: HEIGHT, countries: sorted, around: neutral }, null, 1));
