// Comunica's SPARQL endpoint over a file of N-Quads or TriG: node comunica.js FILE PORT
//
// Its own command compiles its settings for 15 seconds at each start; here the engine comes compiled.
const fs = require('node:fs');
const { HttpServiceSparqlEndpoint } = require('@comunica/actor-init-query');
const { QueryEngine } = require('@comunica/query-sparql-rdfjs');
const { Parser, Store } = require('n3');

const [file, port] = process.argv.slice(2);
const store = new Store(new Parser().parse(fs.readFileSync(file, 'utf8')));
const service = Object.create(HttpServiceSparqlEndpoint.prototype);
Object.assign(service, {
  lastQueryId: 0,
  context: { sources: [store] },
  engine: Promise.resolve(new QueryEngine()),
  port: { port: Number(port), host: '127.0.0.1' },
});
process.send ??= () => true; // it tells the process above it of each query; here there is none
service.runWorker({ write: () => true }, process.stderr);
