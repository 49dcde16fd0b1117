// A button on posemap's nodes that opens their scene in `posemap studio`, and queues the workflow
// when the scene is saved.
import { api } from "../../scripts/api.js";
import { app } from "../../scripts/app.js";

// The scenes that this page opened, by the server's names; saves of scenes from other pages are
// ignored.
const opened = new Set();

function sceneOf(node) {
  const isWired = node.inputs?.some((input) => (input.widget?.name ?? input.name) === "scene" && input.link != null);
  return isWired ? null : node.widgets?.find((widget) => widget.name === "scene")?.value;
}

function tell(summary, detail) {
  const toast = app.extensionManager?.toast;
  if (toast) toast.add({ severity: "error", summary, detail, life: 10000 });
  else window.alert(`${summary}: ${detail}`);
}

async function open(node) {
  const scene = sceneOf(node);
  if (scene == null) return tell("posemap", "The scene comes from another node. Open the studio from a node that names it.");
  // Opened directly in the click handler: browsers block windows that open later.
  const tab = window.open("", "_blank");
  try {
    const response = await api.fetchApi("/posemap/studio", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ scene }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    opened.add(answer.scene);
    // The address contains the studio's token, which is stored only in that tab.
    tab.opener = null;
    tab.location.replace(answer.address);
  } catch (fault) {
    tab?.close();
    tell("posemap studio", fault.message);
  }
}

app.registerExtension({
  name: "posemap.studio",
  setup() {
    api.addEventListener("posemap.saved", ({ detail }) => {
      if (opened.has(detail.scene)) app.queuePrompt(0, 1);
    });
  },
  nodeCreated(node) {
    if (!node.comfyClass?.startsWith("Posemap") || !node.widgets?.some((widget) => widget.name === "scene")) return;
    // The button is not part of the workflow: it has no value to save or to send.
    node.addWidget("button", "open in studio", null, () => open(node), { serialize: false });
  },
});
