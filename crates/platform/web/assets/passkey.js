// Asks the browser for a passkey and posts its answer with the form. Everything else works without.
"use strict";
(() => {
  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (c) => c.charCodeAt(0));
  };
  const text = (buffer) => {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const credential = (found) => ({ ...found, id: bytes(found.id) });
  const ready = (options) => {
    const key = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
    if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
    if (key.excludeCredentials) key.excludeCredentials = key.excludeCredentials.map(credential);
    if (key.allowCredentials) key.allowCredentials = key.allowCredentials.map(credential);
    return key;
  };
  const answer = (found) => {
    const from = found.response;
    const response = { clientDataJSON: text(from.clientDataJSON) };
    if (from.attestationObject) {
      response.attestationObject = text(from.attestationObject);
    } else {
      response.authenticatorData = text(from.authenticatorData);
      response.signature = text(from.signature);
      response.userHandle = from.userHandle ? text(from.userHandle) : null;
    }
    const extensions = found.getClientExtensionResults();
    return JSON.stringify({ id: found.id, rawId: text(found.rawId), type: found.type, response, extensions });
  };
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      const field = form.querySelector("[data-passkey-answer]");
      if (field.value) return;
      event.preventDefault();
      const trouble = form.querySelector("[data-passkey-trouble]");
      trouble.hidden = true;
      try {
        const publicKey = ready(JSON.parse(form.dataset.passkey));
        const found = publicKey.user
          ? await navigator.credentials.create({ publicKey })
          : await navigator.credentials.get({ publicKey });
        field.value = answer(found);
        form.submit();
      } catch {
        trouble.hidden = false;
      }
    });
  }
})();
