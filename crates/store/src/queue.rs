//! Things that many want done by one, who does all that wait at once.

use std::sync::{Arc, Mutex, PoisonError};

/// What waits, and whether somebody is at work on it.
#[derive(Debug)]
pub struct Queue<T>(Mutex<(Vec<T>, bool)>);

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Queue(Mutex::new((Vec::new(), false)))
    }
}

impl<T> Queue<T> {
    /// Puts something in the row. A turn when nobody is at work: then the caller sees to it that the work is done, in a task
    /// that goes on when the caller is gone.
    pub fn push(self: &Arc<Self>, one: T) -> Option<Turn<T>> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.0.push(one);
        let busy = std::mem::replace(&mut waiting.1, true);
        (!busy).then(|| Turn { queue: Arc::clone(self), over: false })
    }
}

/// Somebody at work. Dropped before the end, as when the runtime stops, it drops what waits, and who comes next has a turn.
#[derive(Debug)]
pub struct Turn<T> {
    queue: Arc<Queue<T>>,
    over: bool,
}

impl<T> Turn<T> {
    /// All that waits, in order; nothing ends the turn.
    pub fn take(&mut self) -> Vec<T> {
        let mut waiting = self.queue.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.0.is_empty() {
            (waiting.1, self.over) = (false, true);
        }
        std::mem::take(&mut waiting.0)
    }
}

impl<T> Drop for Turn<T> {
    fn drop(&mut self) {
        if !self.over {
            *self.queue.0.lock().unwrap_or_else(PoisonError::into_inner) = (Vec::new(), false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_at_work_at_a_time_and_takes_all_that_waits() {
        let queue = Arc::new(Queue::default());
        let mut turn = queue.push(1).unwrap();
        assert!(queue.push(2).is_none(), "somebody is at work");
        assert_eq!(turn.take(), [1, 2]);
        assert!(queue.push(3).is_none());
        assert_eq!((turn.take(), turn.take()), (vec![3], vec![]));
        let mut second = queue.push(4).unwrap();
        drop(turn);
        assert!(queue.push(5).is_none(), "a turn that was over ends no other");
        assert_eq!(second.take(), [4, 5]);
    }

    #[test]
    fn a_turn_that_is_cut_off_leaves_room_for_the_next() {
        let queue = Arc::new(Queue::default());
        let told = Arc::new(());
        drop(queue.push(Arc::clone(&told)));
        assert_eq!(Arc::strong_count(&told), 1, "whoever waited hears that nobody will answer");
        assert_eq!(queue.push(told).unwrap().take().len(), 1);
    }
}
