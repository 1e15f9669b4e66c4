/** Status of the answer; `null`: there was none. */
export async function post(path: string, body: unknown): Promise<number | null> {
  try {
    const response = await fetch(path, {
      method: 'POST', ...(body !== undefined && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return response.status;
  } catch {
    return null;
  }
}
