//! All cores at work on a stream, its order kept.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// How many jobs wait for each thread: enough that none is idle while a long article is read.
const WAITING: usize = 8;

/// Does `work` on every job on all cores and hands the results to `take` in the order of the jobs.
///
/// At most [`WAITING`] jobs a thread are held, with their results: a slow first one holds up the input, not
/// the memory.
pub(super) fn in_order<J: Send, T: Send>(jobs: impl Iterator<Item = J> + Send, work: impl Fn(J) -> T + Sync, take: impl FnMut(T)) {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    // Each job comes with a channel of its own for its result; these wait in the order of the jobs.
    let (results, waiting) = sync_channel::<Receiver<T>>(threads * WAITING);
    let (queue, queued) = sync_channel::<(J, SyncSender<T>)>(threads);
    let queued = Mutex::new(queued);
    let next = || queued.lock().ok()?.recv().ok();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((job, reply)) = next() {
                    // There is room for one result, and its receiver waits.
                    let _ = reply.send(work(job));
                }
            });
        }
        scope.spawn(move || {
            for job in jobs {
                let (reply, result) = sync_channel(1);
                if results.send(result).is_err() || queue.send((job, reply)).is_err() {
                    break;
                }
            }
        });
        waiting.iter().filter_map(|result| result.recv().ok()).for_each(take);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order_and_loses_nothing() {
        for count in [0, 1, 7, 1000] {
            let mut seen = Vec::new();
            in_order(0..count, |n| (0..(count - n) * 50).fold(n, |a, _| std::hint::black_box(a)), |n| seen.push(n));
            assert_eq!(seen, (0..count).collect::<Vec<_>>());
        }
    }
}
