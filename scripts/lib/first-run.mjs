const JSON_TYPE = "-H 'content-type: application/json'";

/** What the terminal says once the server takes requests. */
export function readyText(address, data) {
  return `
lrscope is ready:  ${address}
data:              ${data}

Log a first run from another terminal:
  curl ${address}/api/v1/runs ${JSON_TYPE} -d '{"project":"demo","id":"first-run","schedule":{"kind":"step","peak":0.1,"step_size":100,"gamma":0.1}}'
  curl ${address}/api/v1/runs/first-run/metrics ${JSON_TYPE} -d '{"points":[{"step":0,"metrics":{"train/loss":2.31,"lr":0.1}},{"step":100,"metrics":{"train/loss":0.87,"lr":0.01}}]}'
The home page has the same in Python; trainings find the server by:
  export LRSCOPE_URL=${address}
Ctrl-C ends the server.
`;
}
