'use strict';
// Sets a password with the one-time secret that stands behind # in the address.
const form = document.getElementById('redeem');
const field = (name) => document.getElementById(name);
const say = (text) => { field('said').textContent = text; };

field('secret').value = decodeURIComponent(location.hash.slice(1));
history.replaceState(null, '', location.pathname + location.search); // the secret does not stay in the history

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (field('password').value !== field('again').value) return say(form.dataset.mismatch);
  const asked = { secret: field('secret').value.trim(), password: field('password').value };
  if (field('username').value) asked.username = field('username').value.trim();
  try {
    const answer = await fetch('/api/v1/secrets/redeem', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': document.documentElement.lang },
      body: JSON.stringify(asked),
    });
    const said = await answer.json();
    if (answer.ok) {
      form.reset();
      return say(form.dataset.done.replace('{username}', said.username));
    }
    if (said.code === 'auth.username_needed') form.querySelectorAll('.first').forEach((part) => { part.hidden = false; });
    say(said.title);
  } catch {
    say(form.dataset.failed);
  }
});
