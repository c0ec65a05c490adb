// Read a JSON-stat dataset with jsonstat-toolkit and write every cell as JSON: [[code, ...], value, status].
import { readFileSync } from "node:fs";
import JSONstat from "jsonstat-toolkit";

const dataset = JSONstat(JSON.parse(readFileSync(process.argv[2], "utf8")));
const codes = dataset.id.map((name) => dataset.Dimension(name).id);
const cells = [];
function visit(place, depth) {
  if (depth < codes.length) {
    for (const code of codes[depth]) visit([...place, code], depth + 1);
    return;
  }
  const cell = dataset.Data(Object.fromEntries(place.map((code, i) => [dataset.id[i], code])));
  cells.push([place, cell.value, cell.status]);
}
visit([], 0);
process.stdout.write(JSON.stringify({ label: dataset.label, id: dataset.id, role: dataset.role, cells }));
