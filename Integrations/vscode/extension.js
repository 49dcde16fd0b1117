// posemap in VS Code: completes names from posemap's lists, shows the findings of `posemap check`,
// and runs tasks. Schemas and snippets need no code; package.json declares them.
'use strict';

const {execFile} = require('node:child_process');
const path = require('node:path');
const vscode = require('vscode');
const {LISTS, context, findings, names} = require('./completion');

const FILES = /(?:scene|\.pose|\.clip|\.bones|\.prop|\.hair|\.garment)\.json$/;
const ACTIONS = {watch: ['-o', 'out'], render: ['-o', 'out'], sheet: ['-o', 'sheet.png'], check: [], studio: []};
const SECONDS = 30;
const listings = new Map();

function activate(extension) {
  const problems = vscode.languages.createDiagnosticCollection('posemap');
  const check = (document) => checked(document, problems);
  extension.subscriptions.push(
    problems,
    vscode.languages.registerCompletionItemProvider({language: 'json'}, {provideCompletionItems}, '"', '.', '/'),
    vscode.tasks.registerTaskProvider('posemap', {provideTasks, resolveTask}),
    vscode.workspace.onDidSaveTextDocument(check),
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidCloseTextDocument((document) => problems.delete(document.uri)),
    vscode.workspace.onDidChangeConfiguration(() => listings.clear()),
  );
  vscode.workspace.textDocuments.forEach(check);
}

function setting(name) {
  return vscode.workspace.getConfiguration('posemap').get(name);
}

/** Returns posemap's output, whatever its exit code; nothing if it cannot be started. */
function run(words, folder) {
  return new Promise((resolve) => {
    const options = {cwd: folder, timeout: SECONDS * 1000, maxBuffer: 16 << 20};
    execFile(setting('command'), words, options, (_, output) => resolve(output || ''));
  });
}

async function provideCompletionItems(document, position) {
  const text = document.getText();
  const here = context(text, document.offsetAt(position));
  if (!here || !FILES.test(document.fileName)) return [];
  const words = LISTS[here.kind];
  const key = words.join(' ');
  if (!listings.get(key)) listings.set(key, await run(words));
  const range = new vscode.Range(document.positionAt(here.start), position);
  return names(here.kind, listings.get(key), text).map(({name, detail}) => {
    const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Value);
    return Object.assign(item, {detail, range});
  });
}

/**
 * Shows posemap's findings about a saved file, and about the files that it names, since a fault may
 * be there.
 */
async function checked(document, problems) {
  if (document.uri.scheme !== 'file' || !FILES.test(document.fileName) || !setting('checkOnSave')) return;
  const folder = path.dirname(document.fileName);
  const output = await run(['check', '--format', 'json', '--', document.fileName], folder);
  let found;
  try {
    found = findings(output);
  } catch {
    return;
  }
  problems.delete(document.uri);
  for (const [file, list] of found) problems.set(vscode.Uri.file(path.resolve(folder, file)), list.map(diagnostic));
}

function diagnostic({line, column, severity, message, code}) {
  const level = severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const shown = new vscode.Diagnostic(new vscode.Range(line, column, line, column + 1), message, level);
  return Object.assign(shown, {code, source: 'posemap'});
}

async function provideTasks() {
  const scenes = await vscode.workspace.findFiles('**/*scene.json', '**/{out,node_modules,.*}/**', 100);
  return scenes.flatMap((uri) => {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const file = vscode.workspace.asRelativePath(uri, false);
    return folder ? Object.keys(ACTIONS).map((action) => task({type: 'posemap', action, file}, folder)) : [];
  });
}

function resolveTask({definition, scope}) {
  return ACTIONS[definition.action] ? task(definition, scope) : undefined;
}

function task(definition, folder) {
  const {action, file} = definition;
  const words = [action, ...(definition.arguments || ACTIONS[action]), '--', file];
  const made = new vscode.Task(
    definition, folder, `${action} ${file}`, 'posemap', new vscode.ProcessExecution(setting('command'), words),
    action === 'watch' ? '$posemap-watch' : '$posemap',
  );
  made.isBackground = action === 'watch' || action === 'studio';
  return made;
}

module.exports = {activate};
