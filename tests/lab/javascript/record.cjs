// Says what a tool itself sends for each migration of a project, up and down: JSON on stdout.
//
//     NODE_PATH=…/node_modules node tests/lab/javascript/record.cjs knex > tests/lab/knex/truth.json
//
// It needs the tool and jiti, which reads TypeScript; Knex and node-pg-migrate need no database, the
// others an empty PostgreSQL at PGHOST and PGPORT. The answers are data: the tests need none of it.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');

const tool = process.argv[2];
const { createJiti } = require(require.resolve('jiti'));

function unpack() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lab-'));
  const text = fs.readFileSync(path.join(__dirname, '..', tool, 'project.txt'), 'utf8');
  const parts = text.split(/^--- (\S+)\n/m).slice(1);
  const names = [];
  for (let at = 0; at < parts.length; at += 2) {
    const file = path.join(folder, parts[at]);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, parts[at + 1]);
    names.push(parts[at]);
  }
  return { folder, names };
}

const literal = (value) =>
  value === null ? 'NULL' : typeof value === 'number' ? String(value) : `'${value}'`;
const bound = (sql, values) =>
  values && values.length ? sql.replace(/\$(\d+)/g, (_, at) => literal(values[at - 1])) : sql;

const TOOLS = {
  knex() {
    const client = require('knex')({ client: 'pg', log: { warn() {} } });
    let sent = [];
    const connection = {
      query(query, done) {
        sent.push(bound(query.text ?? query, query.values).replace(/;$/, ''));
        done(null, { rows: [], rowCount: 0, fields: [], command: '' });
      },
    };
    client.client.acquireConnection = async () => connection;
    client.client.releaseConnection = async () => {};
    return async (module, side) => {
      sent = [];
      await module[side](client);
      return sent;
    };
  },
  async typeorm() {
    const { DataSource } = require('typeorm');
    const source = new DataSource({
      type: 'postgres', host: process.env.PGHOST, port: +process.env.PGPORT, username: 'postgres',
    });
    await source.initialize();
    return async (module, side) => {
      const runner = source.createQueryRunner();
      const query = runner.query.bind(runner);
      const sent = [];
      runner.query = (sql, values, ...more) => {
        // Keys that bear a made name are renamed along with what they are on: nothing depends on it.
        const isNoise = /^\s*(SELECT|ALTER (INDEX|TYPE) |ALTER TABLE \S+ RENAME CONSTRAINT)/i;
        if (!isNoise.test(sql)) sent.push(bound(sql, values));
        return query(sql, values, ...more);
      };
      const [kind] = Object.values(module).filter((each) => typeof each === 'function');
      await new kind()[side](runner);
      return sent;
    };
  },
  async sequelize() {
    const Sequelize = require('sequelize');
    let sent = [];
    const source = new Sequelize('postgres', 'postgres', '', {
      host: process.env.PGHOST, port: +process.env.PGPORT, dialect: 'postgres',
      logging: (line) => sent.push(line.replace(/^Execut\w+ \([^)]*\): /, '')),
    });
    await source.authenticate();
    return async (module, side) => {
      sent = [];
      await module[side](source.getQueryInterface(), Sequelize);
      const isNoise = /^\s*(SELECT|SET |SHOW |ROLLBACK|WITH ranges)/i;
      return sent.filter((each) => !isNoise.test(each)).map((each) => each.replace(/^START TRANSACTION/, 'BEGIN'));
    };
  },
  async node_pg_migrate() {
    const { Migration } = await import(require.resolve('node-pg-migrate'));
    const quiet = { info() {}, warn() {}, error() {} };
    const sent = [];
    const db = { query: async (sql) => sent.push(sql), select: async () => [] };
    return async (module, side, stem) => {
      sent.length = 0;
      const options = { singleTransaction: true, migrationsTable: 'pgmigrations', schema: 'public' };
      const migration = new Migration(db, `${stem}.js`, module, options, module.shorthands ?? {}, quiet);
      await migration.apply(side);
      return sent.filter((each) => !/pgmigrations|^(BEGIN|COMMIT);$/.test(each));
    };
  },
};

async function main() {
  const { folder, names } = unpack();
  const jiti = createJiti(__filename, { alias: {} });
  const run = await TOOLS[tool]();
  const found = {};
  const files = names.filter((each) => /migrations\//.test(each));
  for (const [side, ordered] of [['up', files], ['down', [...files].reverse()]]) {
    for (const name of ordered) {
      const stem = path.basename(name).replace(/\.\w+$/, '');
      const module = await jiti.import(path.join(folder, name));
      const sent = await run(module.default ?? module, side, stem);
      (found[stem] ??= {})[side] = sent;
    }
  }
  fs.rmSync(folder, { recursive: true });
  process.stdout.write(JSON.stringify(found, null, 1) + '\n');
  process.exit();
}

main();
