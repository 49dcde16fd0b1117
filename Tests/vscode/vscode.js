// What the extension uses of VS Code's interface, in as few lines as its tests need.
'use strict';

const diagnostics = new Map();
const registered = {};
const listeners = {save: [], open: [], close: []};
const event = (name) => (listener) => (listeners[name].push(listener), {dispose() {}});

class Range {
  constructor(...numbers) {
    this.numbers = numbers.flatMap((one) => (typeof one === 'object' ? [one.line, one.character] : [one]));
  }
}
class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, {range, message, severity});
  }
}
class CompletionItem {
  constructor(label, kind) {
    Object.assign(this, {label, kind});
  }
}
class ProcessExecution {
  constructor(process, args) {
    Object.assign(this, {process, args});
  }
}
class Task {
  constructor(definition, scope, name, source, execution, problemMatchers) {
    Object.assign(this, {definition, scope, name, source, execution, problemMatchers});
  }
}

/** A document with the methods that the extension calls. */
function documentOf(fileName, text) {
  return {
    fileName, uri: {scheme: 'file', fsPath: fileName},
    getText: () => text,
    offsetAt: ({line, character}) => text.split('\n').slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character,
    positionAt: (offset) => {
      const lines = text.slice(0, offset).split('\n');
      return {line: lines.length - 1, character: lines.at(-1).length};
    },
  };
}

module.exports = {
  Range, Diagnostic, CompletionItem, ProcessExecution, Task,
  CompletionItemKind: {Value: 11}, DiagnosticSeverity: {Error: 0, Warning: 1},
  Uri: {file: (path) => ({scheme: 'file', fsPath: path})},
  languages: {
    createDiagnosticCollection: () => ({
      set: (uri, list) => diagnostics.set(uri.fsPath, list), delete: (uri) => diagnostics.delete(uri.fsPath), dispose() {},
    }),
    registerCompletionItemProvider(_, provider) {
      registered.completion = provider;
      return {dispose() {}};
    },
  },
  tasks: {registerTaskProvider: (type, provider) => (Object.assign(registered, {[type]: provider}), {dispose() {}})},
  workspace: {
    textDocuments: [],
    getConfiguration: () => ({get: (name) => module.exports.settings[name]}),
    onDidSaveTextDocument: event('save'), onDidOpenTextDocument: event('open'), onDidCloseTextDocument: event('close'),
    onDidChangeConfiguration: () => ({dispose() {}}),
    findFiles: async () => module.exports.found,
    getWorkspaceFolder: () => ({name: 'folder'}),
    asRelativePath: (uri) => uri.relative,
  },
  // Of the tests' own.
  settings: {command: process.env.POSEMAP, checkOnSave: true}, found: [], diagnostics, registered, listeners, documentOf,
};
