"""The source of diffusers, read from its unzipped wheel and never run."""
import ast
import re
import sys
from functools import lru_cache


class Wheel:
    """The source of diffusers, read and never run."""

    def __init__(self, folder):
        self.root = next((path for path in (folder / "diffusers", folder) if (path / "__init__.py").is_file()), None)
        if self.root is None:
            sys.exit(f"{folder}: no diffusers in it; unzip the wheel there")

    @lru_cache(maxsize=None)
    def tree(self, path):
        return ast.parse(path.read_text(encoding="utf-8"))

    @lru_cache(maxsize=None)
    def exports(self, module):
        """Return the names that `from module import` finds: those of the lazy `_import_structure`, else plain
        imports."""
        folder = self.root.joinpath(*module.split(".")[1:])
        path = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
        if not path.is_file():
            return frozenset()
        names = set()
        for node in ast.walk(self.tree(path)):
            lists = []
            if isinstance(node, ast.Assign) and "_import_structure" in ast.unparse(node.targets[0]):
                lists = node.value.values if isinstance(node.value, ast.Dict) else [node.value]
                if "dummy" in ast.unparse(node.targets[0]):
                    lists = []
            elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("_import_structure["):
                lists = node.args
            elif isinstance(node, ast.ImportFrom) and node.level and "dummy" not in (node.module or ""):
                if "_import_structure" not in path.read_text(encoding="utf-8"):
                    names |= {alias.asname or alias.name for alias in node.names}
            elif isinstance(node, (ast.ClassDef, ast.FunctionDef)):
                names.add(node.name)
            for item in lists:
                elements = item.elts if isinstance(item, ast.List) else [item]
                names |= {element.value for element in elements if isinstance(element, ast.Constant)}
        return frozenset(names)

    @lru_cache(maxsize=None)
    def definition(self, name):
        """Return the node where a class is defined."""
        for path in sorted(self.root.rglob("*.py")):
            if not path.name.startswith("dummy_") and re.search(rf"^class {name}\b", path.read_text(encoding="utf-8"), re.M):
                return next(node for node in self.tree(path).body if isinstance(node, ast.ClassDef) and node.name == name)
        return None

    def method(self, cls, name):
        """Return a class's method, also from its bases."""
        node = self.definition(cls)
        if node is None:
            return None
        for part in node.body:
            if isinstance(part, ast.FunctionDef) and part.name == name:
                return part
        for base in node.bases:
            found = self.method(ast.unparse(base).split(".")[-1], name)
            if found:
                return found
        return None

    def parameters(self, cls, name):
        method = self.method(cls, name)
        return {argument.arg for argument in method.args.args + method.args.kwonlyargs} - {"self", "cls"} if method else set()

    def accepted(self, cls, name):
        """Return the arguments of a class method such as from_pretrained: the keywords that it pops, and the parts of
        its result."""
        method = self.method(cls, name)
        popped = {
            call.args[0].value
            for call in ast.walk(method)
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ("kwargs.pop", "kwargs.get")
            and isinstance(call.args[0], ast.Constant)
        } if method else set()
        return popped | self.parameters(cls, name) | self.parameters(cls, "__init__")

    def result_fields(self, cls):
        """Return the attributes of a pipeline call's result."""
        returned = ast.unparse(self.method(cls, "__call__").returns).split(" | ")[0]
        node = self.definition(returned)
        return {part.target.id for part in node.body if isinstance(part, ast.AnnAssign)} if node else set()

    def example_modes(self):
        """Return the numbers of control modes in the union pipelines' own examples: {3} for a lineart, at the time of
        writing."""
        text = (self.root / "pipelines/controlnet/pipeline_controlnet_union_sd_xl.py").read_text(encoding="utf-8")
        detector = "Lineart" in text.split("def ")[0]
        return set(map(int, re.findall(r"control_mode=\[(\d+)\]", text))) if detector else set()

    def control_types(self):
        """Return the number of types that the union has unless its file specifies otherwise."""
        init = self.method("ControlNetUnionModel", "__init__")
        defaults = dict(zip([a.arg for a in init.args.args][-len(init.args.defaults):], init.args.defaults))
        return defaults["num_control_type"].value
