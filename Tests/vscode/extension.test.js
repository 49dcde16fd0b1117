// The packed extension, with a real posemap and a VS Code of a few lines (vscode.js).
'use strict';

const assert = require('node:assert');
const {execFileSync, spawn, spawnSync} = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');
const test = require('node:test');
const {pathToFileURL} = require('node:url');
const {EXTENSION, POSEMAP, SERVICE, WORK} = process.env;
const vscode = require('vscode');
const extension = require(path.join(EXTENSION, 'extension.js'));
const manifest = JSON.parse(fs.readFileSync(path.join(EXTENSION, 'package.json'), 'utf8'));

extension.activate({subscriptions: []});

const SCENE = `{
  "canvas": [128, 192],
  "characters": [
    {"id": "ana", "body": "female",
     "pose": {"base": "sit-chair", "hands": {"left": "fist"}, "seat": "props.seat.seat", "look": "ben"},
     "hair": ["bob"], "wear": ["coat", {"trousers": {"width": 0.4}}]},
    {"id": "ben", "body": "male", "pose": "waving", "position": [1, 0, 0]}
  ],
  "props": [{"id": "seat", "shape": "chair"}]
}
`;

/** What is offered where `|` is in a text. */
async function offered(text, name = '/work/a.scene.json') {
  const offset = text.indexOf('|');
  const document = vscode.documentOf(name, text.replace('|', ''));
  const items = await vscode.registered.completion.provideCompletionItems(document, document.positionAt(offset));
  return items.map(({label}) => label);
}

test('names are those that posemap lists', async () => {
  const at = (text, put) => SCENE.replace(text, put);
  const listed = (...words) => execFileSync(POSEMAP, words, {encoding: 'utf8'});
  const poses = listed('poses').split('\n').map((line) => line.trim()).filter((name) => name && !name.includes('/'));
  assert.deepStrictEqual(await offered(at('"sit-chair"', '"sit|"')), poses);
  assert.deepStrictEqual(await offered(at('"waving"', '"|')), poses);
  assert.ok((await offered(at('"fist"', '"|"'))).includes('thumbs-up'));
  assert.ok((await offered(at('"chair"', '"|"'))).includes('round-table'));
  assert.ok((await offered(at('"bob"', '"bob", "|"'))).includes('beard'));
  assert.ok((await offered(at('"coat"', '"coat", "|"'))).includes('boots'));
  const points = await offered(at('"ben"}', '"|"}'));
  for (const point of ['camera', 'ana', 'ben.leftHand', 'props.seat.seat', 'props.seat.back', 'props.seat.top']) {
    assert.ok(points.includes(point), point);
  }
  assert.ok((await offered(at('"props.seat.seat"', '"props.|'))).includes('props.seat.grip'), 'of a text that is no JSON yet');
});

test('nothing is offered elsewhere', async () => {
  for (const text of ['{"name": "|"}', '{"canvas": [|]}', '{"prompt": "a \\"base\\": |"}', '|', '{"base": "a"|}']) {
    assert.deepStrictEqual(await offered(text), [], text);
  }
  assert.deepStrictEqual(await offered('{"base": "|"}', '/work/package.json'), []);
});

test('each name that is offered is right where it is offered', async () => {
  for (const [text, sample] of [['"sit-chair"', 3], ['"fist"', 3], ['"bob"', 4], ['"props.seat.seat"', 2]]) {
    const all = await offered(SCENE.replace(text, '"|"'));
    for (const name of all.filter((_, index) => index % Math.ceil(all.length / sample) === 0)) {
      const file = path.join(WORK, 'tried.scene.json');
      fs.writeFileSync(file, SCENE.replace(text, `"${name}"`));
      const done = spawnSync(POSEMAP, ['check', file], {encoding: 'utf8'});
      // A seat on the camera makes no sense, but every name has to be known.
      assert.doesNotMatch(done.stdout, /there is no|unknown/, `${text} → ${name}`);
    }
  }
});

test('what check finds is shown at its place', async () => {
  const file = path.join(WORK, 'wrong.scene.json');
  const pose = path.join(WORK, 'wrong.pose.json');
  fs.writeFileSync(pose, '{"joints": {"leftLowerArm": {"flexion": 200}}}\n');
  const text = SCENE.replace('"shape": "chair"', '"shape": "chairr"').replace('"waving"', '"wrong.pose.json"');
  fs.writeFileSync(file, text);
  await vscode.listeners.save[0](vscode.documentOf(file, text));
  const [wrong] = vscode.diagnostics.get(file);
  assert.deepStrictEqual([wrong.severity, wrong.range.numbers.slice(0, 2)], [0, [8, 36]]);
  assert.match(wrong.message, /did you mean "chair"/);
  fs.writeFileSync(file, SCENE);
  await vscode.listeners.save[0](vscode.documentOf(file, SCENE));
  assert.ok(!(vscode.diagnostics.get(file) || []).some(({severity}) => severity === 0));
  await vscode.listeners.save[0](vscode.documentOf(pose, ''));
  assert.match(vscode.diagnostics.get(pose)[0].message, /goes from -10° to 155°/);
  await vscode.listeners.close[0](vscode.documentOf(pose, ''));
  assert.ok(!vscode.diagnostics.has(pose));
  vscode.settings.command = '/nowhere/posemap';
  await vscode.listeners.save[0](vscode.documentOf(file, SCENE));
  vscode.settings.command = POSEMAP;
});

test('tasks do what they say', async () => {
  vscode.found = [{relative: 'Examples/window/scene.json'}];
  const tasks = await vscode.registered.posemap.provideTasks();
  assert.deepStrictEqual(tasks.map(({name}) => name.split(' ')[0]), ['watch', 'render', 'sheet', 'check', 'studio']);
  const actions = manifest.contributes.taskDefinitions[0].properties.action.enum;
  assert.deepStrictEqual(tasks.map(({definition}) => definition.action).sort(), [...actions].sort());
  for (const {execution, isBackground, problemMatchers, definition} of tasks) {
    assert.strictEqual(problemMatchers, definition.action === 'watch' ? '$posemap-watch' : '$posemap');
    if (!isBackground) execFileSync(execution.process, execution.args, {cwd: WORK});
  }
  assert.ok(fs.existsSync(path.join(WORK, 'out/female/depth.png')) && fs.existsSync(path.join(WORK, 'sheet.png')));
  const own = {type: 'posemap', action: 'render', file: 'Examples/window/scene.json', arguments: ['--maps', 'mask', '-o', 'own']};
  const {execution} = vscode.registered.posemap.resolveTask({definition: own, scope: 'folder'});
  execFileSync(execution.process, execution.args, {cwd: WORK});
  assert.deepStrictEqual(fs.readdirSync(path.join(WORK, 'own/male')), ['mask.png']);
  assert.strictEqual(vscode.registered.posemap.resolveTask({definition: {type: 'posemap', action: 'rm'}}), undefined);
});

test('the problem matcher reads what posemap prints', () => {
  const [{pattern}] = manifest.contributes.problemMatchers;
  fs.writeFileSync(path.join(WORK, 'b.scene.json'), SCENE.replace('"chair"', '"chairr"'));
  const {stdout} = spawnSync(POSEMAP, ['check', 'b.scene.json'], {cwd: WORK, encoding: 'utf8'});
  const match = new RegExp(pattern.regexp).exec(stdout.split('\n')[0]);
  const groups = [pattern.file, pattern.line, pattern.column, pattern.severity];
  assert.deepStrictEqual(groups.map((group) => match[group]), ['b.scene.json', '9', '37', 'error']);
  assert.match(match[pattern.message], /^unknown shape "chairr"/);
});

test('an editor sees when watch begins a drawing, and when it is done', async () => {
  const {background} = manifest.contributes.problemMatchers.find(({name}) => name === 'posemap-watch');
  const begins = new RegExp(background.beginsPattern), ends = new RegExp(background.endsPattern);
  const watch = spawn(POSEMAP, ['watch', 'Examples/window/scene.json', '-o', 'watched', '--maps', 'mask'], {cwd: WORK});
  const lines = [];
  for await (const line of readline.createInterface({input: watch.stdout})) {
    lines.push(line);
    if (lines.length === 2) watch.kill();
  }
  assert.ok(begins.test(lines[0]) && !ends.test(lines[0]), lines[0]);
  assert.ok(ends.test(lines[1]) && !begins.test(lines[1]), lines[1]);
});

test('snippets become files that check finds nothing wrong with', () => {
  const snippets = JSON.parse(fs.readFileSync(path.join(EXTENSION, 'snippets.json'), 'utf8'));
  const expansions = Object.values(snippets).map(({prefix, body}) => [prefix, expand([].concat(body).join('\n'))]);
  const expanded = Object.fromEntries(expansions);
  const scene = (members = '', others = '', props = '') => `{"canvas": [128, 192],
    "characters": [{"id": "ana", "body": "female" ${members}}${others}],
    "props": [{"id": "table", "shape": "table", "position": [0, 0, 0.8]}, {"id": "cup", "shape": "cup"}${props}]}`;
  const whole = {
    'posemap-scene': expanded['posemap-scene'],
    'posemap-pose': expanded['posemap-pose'],
    'posemap-character': scene('', `, ${expanded['posemap-character']}`),
    'posemap-prop': scene('', '', `, ${expanded['posemap-prop']}`),
    'posemap-sit': scene(`, ${expanded['posemap-sit']}`, '', ', {"id": "seat", "shape": "chair"}'),
    'posemap-reach': scene(`, "pose": {"base": "stand", ${expanded['posemap-reach']}}`),
    'posemap-look': scene(`, "pose": {"base": "stand", ${expanded['posemap-look']}}`),
    'posemap-hold': scene(`, ${expanded['posemap-hold']}`),
    'posemap-camera': scene().replace('"canvas": [128, 192]', `"canvas": [128, 192], ${expanded['posemap-camera']}`),
  };
  assert.deepStrictEqual(Object.keys(whole).sort(), Object.keys(expanded).sort());
  for (const [name, text] of Object.entries(whole)) {
    const file = path.join(WORK, `${name}.${name === 'posemap-pose' ? 'pose' : 'scene'}.json`);
    fs.writeFileSync(file, text);
    const done = spawnSync(POSEMAP, ['check', file], {encoding: 'utf8'});
    assert.strictEqual(done.status, 0, `${name}: ${done.stdout}`);
  }
});

/** What a snippet becomes if each of its fields is left as it is. */
function expand(body) {
  return body.replace(/\$\{\d+\|([^,|]*)[^}]*\|\}/g, '$1').replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/\$\d/g, '');
}

/** VS Code's own JSON service with the schemas of the package, as VS Code sets it up by package.json. */
function service() {
  const {getLanguageService} = require(SERVICE);
  const made = getLanguageService({
    schemaRequestService: async (uri) => fs.readFileSync(new URL(uri), 'utf8'),
    workspaceContext: {resolveRelativePath: (relative, file) => new URL(relative, file).href},
  });
  const schemas = manifest.contributes.jsonValidation.map(({fileMatch, url}) => (
    {fileMatch: [fileMatch], uri: pathToFileURL(path.join(EXTENSION, url)).href}
  ));
  made.configure({validate: true, allowComments: false, schemas});
  const {TextDocument} = require(SERVICE);
  const open = (file, text) => {
    const document = TextDocument.create(`file://${file}`, 'json', 1, text);
    return [document, made.parseJSONDocument(document)];
  };
  return {
    problems: async (file, text) => made.doValidation(...open(file, text)),
    labels: async (file, text) => {
      const [document, parsed] = open(file, text.replace('|', ''));
      const found = await made.doComplete(document, document.positionAt(text.indexOf('|')), parsed);
      return found.items.map(({label}) => label);
    },
    hover: async (file, text) => {
      const [document, parsed] = open(file, text.replace('|', ''));
      const found = await made.doHover(document, document.positionAt(text.indexOf('|')), parsed);
      return JSON.stringify(found);
    },
  };
}

function jsonFiles(folder) {
  const names = fs.readdirSync(folder, {recursive: true}).filter((name) => name.endsWith('.json'));
  return names.map((name) => path.join(folder, name));
}

test("every example and library file is right by VS Code's own JSON service, with the schema of its name", async () => {
  const {problems} = service();
  const matched = manifest.contributes.jsonValidation.map(({fileMatch}) => fileMatch.replace('*', ''));
  const files = ['Examples', 'Rigs'].flatMap((folder) => jsonFiles(path.join(WORK, folder)))
    .filter((file) => matched.some((end) => file.endsWith(end)));
  assert.ok(files.length > 150, `${files.length} files`);
  for (const file of files) {
    assert.deepStrictEqual((await problems(file, fs.readFileSync(file, 'utf8'))).map(({message}) => message), [], file);
  }
});

test('wrong keys, types and values are underlined', async () => {
  const {problems} = service();
  for (const [file, text, message] of [
    ['/a.scene.json', SCENE.replace('"body"', '"bodi"'), /bodi is not allowed/],
    ['/scene.json', SCENE.replace('[128, 192]', '[1, 1]'), /below the minimum|less/],
    ['/a.pose.json', '{"joints": {"leftLowerArn": {}}}', /leftLowerArn is not allowed/],
    ['/a.prop.json', '{"parts": 3}', /Incorrect type/],
    ['/a.hair.json', '{"nothing": 3}', /nothing is not allowed/],
    ['/a.garment.json', '{"nothing": 3}', /nothing is not allowed/],
    ['/a.clip.json', '{"frameRate": "x", "frames": []}', /Incorrect type/],
    ['/a.bones.json', '{"bones": {"leftArm": "x"}}', /leftArm is not allowed/],
  ]) {
    const found = (await problems(file, text)).map((one) => one.message);
    assert.ok(found.some((one) => message.test(one)), `${file}: ${found}`);
  }
  assert.deepStrictEqual(await problems('/package.json', '{"bodi": 1}'), []);
});

test('keys are completed and explained', async () => {
  const {labels, hover} = service();
  assert.ok((await labels('/a.scene.json', '{"ch|"}')).includes('characters'));
  assert.ok((await labels('/a.pose.json', '{"joints": {"|"}}')).includes('leftLowerArm'));
  assert.match(await hover('/a.scene.json', '{"pl|ate": "x.png"}'), /picture/);
});
